/**
 * Every word that the visitor's chat itself says, in English; Spanish has its own file, loaded when wanted.
 *
 * What the assistant says comes from the service. These are only the words around it, by the voice
 * of the house: sixth-grade words, no exclamation marks, mistakes are ours.
 */
export interface Words {
  readonly lang: 'en' | 'es'
  readonly conversation: string
  readonly yourAnswer: string
  readonly helpNow: string
  readonly message: string
  readonly send: string
  readonly sendThis: (label: string) => string
  readonly sending: string
  readonly notSent: string
  readonly sendAgain: string
  readonly refused: string
  readonly waiting: string
  readonly moreChoices: (count: number) => string
  readonly question: (done: number, of: number) => string
  readonly you: string
  readonly assistant: string
  readonly team: string
  readonly latest: string
  readonly today: string
  readonly stillHere: string
  readonly moreHelp: string
  readonly startedAgain: string
  readonly shiftToLeave: (presses: number) => string
  readonly myWords: string
  readonly status: Readonly<Record<'offline' | 'busy' | 'down', string>>
}

export const english: Words = {
  lang: 'en',
  conversation: 'Conversation',
  yourAnswer: 'Your answer',
  helpNow: 'Help now',
  message: 'Your message',
  send: 'Send',
  sendThis: (label) => `Send: ${label}`,
  sending: 'Sending',
  notSent: 'That didn’t reach us.',
  sendAgain: 'Send again',
  refused: 'That message could not be taken. Please send it in shorter parts.',
  waiting: 'Waiting for the answer',
  moreChoices: (count) => `${count} more choices`,
  question: (done, of) => `Question ${done} of about ${of}`,
  you: 'You',
  assistant: 'Assistant',
  team: 'Admissions team',
  latest: 'Latest message',
  today: 'Today',
  stillHere: 'I’m still here. Continue when you’re ready.',
  moreHelp: 'More ways to get help',
  startedAgain: 'This chat had to start again. What you wrote is still here.',
  shiftToLeave: (presses) => `Press Shift ${presses} more ${presses === 1 ? 'time' : 'times'} to leave this page.`,
  myWords: 'What happens with my words',
  status: {
    offline: 'There is no connection right now. Your words stay here and we keep trying.',
    busy: 'We are very busy right now. Your words stay here and we keep trying.',
    down: 'We can’t reach our service right now. Your words stay here and we keep trying.',
  },
}
