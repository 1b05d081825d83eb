/**
 * A bot of a few sentences for the widget's tests: every kind of thing that the widget must draw.
 */
import type { InputSpec, PorchlightData } from '../../flows/activity.ts'
import type { ReceivedActivity } from '../../widget/shared/received.ts'
import type { Script } from './fake-service.ts'

const options = (...labels: string[]) =>
  labels.map((label) => ({ value: label.toLowerCase().replaceAll(' ', '-'), label }))

/** One message of the bot. */
export function say(
  text: string,
  porchlight: PorchlightData,
  more: Partial<ReceivedActivity> = {},
): Partial<ReceivedActivity> {
  return { text, channelData: { porchlight }, ...more }
}

/** A question that waits for the given input. */
export function ask(text: string, input: InputSpec): Partial<ReceivedActivity> {
  return say(text, { kind: 'question', flow: 'screening', step: 'x', progress: { done: 3, of: 9 }, input })
}

export const crisis = say(
  'You wrote that you want to end your life. Thank you for telling me.\nPlease talk with a trained counselor now. It is free and private. If you can, be near someone.',
  { kind: 'crisis', label: 'suicide_active', resources: ['988', '911'] },
  {
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.hero',
        content: {
          text: 'I am an automated assistant. I cannot send help, but these people can.',
          buttons: [
            { type: 'openUrl', title: 'Call 988 now', value: 'tel:988' },
            { type: 'openUrl', title: 'Text 988', value: 'sms:988' },
            { type: 'openUrl', title: 'Chat', value: 'https://988lifeline.org/chat' },
            { type: 'openUrl', title: 'Call 911', value: 'tel:911' },
            { type: 'imBack', title: 'I’m somewhere else', value: 'somewhere else' },
          ],
        },
      },
    ],
  },
)

const checkIn = say('Are you alone right now?', {
  kind: 'check-in',
  label: 'suicide_active',
  input: { type: 'choice', options: options('Yes', 'No', 'I am not sure'), optional: false },
})

export const answer = say(
  'The program lasts six to eight weeks. You come two or three times a week, for three hours each time.',
  {
    kind: 'answer',
    facts: [
      {
        id: 'F000-09',
        source: {
          file: '000_acc529adf689e125.txt',
          line: 13,
          quote: 'three-hour-long sessions two to three times per week',
          retrievedAt: '2026-11-21',
        },
        reviewed: 'awaiting-review',
      },
    ],
  },
)

const questions: Readonly<Record<string, InputSpec>> = {
  choice: {
    type: 'choice',
    optional: false,
    options: options('Not at all', 'Several days', 'More than half the days', 'Nearly every day'),
  },
  multi: {
    type: 'multi',
    optional: true,
    field: 'substances',
    options: options('Alcohol', 'Opioids', 'Cannabis', 'Stimulants', 'Benzodiazepines', 'Nicotine', 'Something else'),
  },
  date: { type: 'date', optional: false, field: 'bday' },
  phone: { type: 'phone', optional: false, field: 'tel' },
  email: { type: 'email', optional: true, field: 'email' },
  number: { type: 'number', optional: false, field: 'age' },
  member: { type: 'member-id', optional: true, field: 'member-id' },
  consent: { type: 'consent', optional: false, options: options('Yes', 'No') },
  photo: { type: 'photo', optional: true },
  name: { type: 'text', optional: true, field: 'given-name' },
}

const welcome: Record<string, string> = {
  en: 'Hello. I’m an automated assistant for Inspira IOP. You can ask a question, or I can help you start.',
  es: 'Hola. Soy un asistente automático de Inspira IOP. Puede hacer una pregunta o puedo ayudarle a empezar.',
}

/** Says what each word of a visitor calls for. */
export const script: Script = (text, locale) => {
  const lang = locale.slice(0, 2)
  if (text === null) {
    return [
      say(welcome[lang] ?? '', { kind: 'notice' }, { locale }),
      say(
        lang === 'es' ? '¿En qué le puedo ayudar?' : 'What would help you most right now?',
        { kind: 'question', input: { type: 'choice', optional: false, options: openings[lang] ?? [] } },
        { locale },
      ),
    ]
  }
  if (/end it|kill/.test(text)) return [crisis, checkIn]
  if (/how long/i.test(text))
    return [
      answer,
      ask('How often did you feel down or hopeless in the last two weeks?', questions.choice as InputSpec),
    ]
  if (/staff/.test(text))
    return [say('I read what you wrote.', { kind: 'staff' }, { from: { id: 'staff:1', name: 'Dana', role: 'bot' } })]
  if (/say nothing/.test(text)) return []
  const asked = Object.entries(questions).find(([word]) => text.includes(word))
  if (asked) return [ask(`This asks for: ${asked[0]}.`, asked[1])]
  return [say(`You said: ${text}`, { kind: 'notice' })]
}

const openings: Readonly<Record<string, { value: string; label: string }[]>> = {
  en: options('Find out if this fits me', 'Check my insurance', 'Ask a question', 'Talk to a person'),
  es: options('Saber si esto es para mí', 'Revisar mi seguro', 'Hacer una pregunta', 'Hablar con una persona'),
}
