/**
 * The words of the browser's own crisis card, by what was heard; the service's card replaces it in a moment.
 *
 * One sentence that names what was said, one of what to do now. Clinical words: awaiting-review.
 */
import type { DangerLabel, Who } from '../../flows/safety/verdict.ts'

interface CardWords {
  readonly title: string
  readonly text: string
}

type Situation = 'life' | 'life-of-another' | 'body' | 'harm' | 'violence' | 'child' | 'unreal'

const situationOf: Readonly<Record<DangerLabel, Situation>> = {
  suicide_passive: 'life',
  suicide_active: 'life',
  suicide_imminent: 'life',
  self_harm: 'life',
  harm_to_others: 'harm',
  overdose_now: 'body',
  withdrawal_emergency: 'body',
  medical_emergency: 'body',
  violence_victim: 'violence',
  child_abuse: 'child',
  psychosis_danger: 'unreal',
}

const words: Readonly<Record<'en' | 'es', Readonly<Record<Situation, CardWords>>>> = {
  en: {
    life: {
      title: 'You wrote about dying or hurting yourself. I’m glad you said it.',
      text: 'A person can talk with you now, free, day or night. If you can, move away from anything you could use to hurt yourself.',
    },
    'life-of-another': {
      title: 'You wrote that someone may be thinking of dying.',
      text: 'If they might act on it now, call. Stay with them if it is safe for you.',
    },
    body: {
      title: 'This may be a medical emergency.',
      text: 'Call now, before anything else. Stay with the person. If you have naloxone and this may be opioids, give it.',
    },
    harm: {
      title: 'You wrote about hurting someone.',
      text: 'Step away from the person and from anything you could use. Call now and talk with someone.',
    },
    violence: {
      title: 'You wrote that someone may be hurting you.',
      text: 'If you are in danger right now, call. If someone may see this screen, “Leave this page” clears it.',
    },
    child: {
      title: 'You wrote about a child being hurt.',
      text: 'If the child is in danger right now, call. If you are the child: this is not your fault.',
    },
    unreal: {
      title: 'What you wrote sounds frightening and not safe.',
      text: 'Be near someone you trust if you can. Call now. You can ask for a person trained for a mental health crisis.',
    },
  },
  es: {
    life: {
      title: 'Usted escribió sobre morir o hacerse daño. Qué bueno que lo dijo.',
      text: 'Una persona puede hablar con usted ahora, gratis, de día o de noche. Si puede, aléjese de todo lo que podría usar para hacerse daño.',
    },
    'life-of-another': {
      title: 'Usted escribió que alguien quizás piensa en morir.',
      text: 'Si podría hacerlo ahora, llame. Quédese con esa persona si es seguro para usted.',
    },
    body: {
      title: 'Esto puede ser una emergencia médica.',
      text: 'Llame ahora, antes que nada. Quédese con la persona. Si tiene naloxona y pueden ser opioides, désela.',
    },
    harm: {
      title: 'Usted escribió sobre hacerle daño a alguien.',
      text: 'Aléjese de la persona y de todo lo que podría usar. Llame ahora y hable con alguien.',
    },
    violence: {
      title: 'Usted escribió que alguien puede estar haciéndole daño.',
      text: 'Si está en peligro ahora mismo, llame. Si alguien puede ver esta pantalla, “Salir de esta página” la borra.',
    },
    child: {
      title: 'Usted escribió sobre un niño o una niña a quien hacen daño.',
      text: 'Si está en peligro ahora mismo, llame. Si se trata de usted: no es su culpa.',
    },
    unreal: {
      title: 'Lo que usted escribió suena aterrador e inseguro.',
      text: 'Esté cerca de alguien de confianza si puede. Llame ahora. Puede pedir a una persona preparada para una crisis de salud mental.',
    },
  },
}

const machine = {
  en: 'I’m an automated assistant and can’t send help.',
  es: 'Soy un asistente automático y no puedo enviar ayuda.',
} as const

/** The card's words for a label; somebody else's danger of dying has its own. */
export function firstWords(label: DangerLabel, who: Who, lang: 'en' | 'es'): CardWords {
  const situation = situationOf[label]
  const { title, text } = words[lang][situation === 'life' && who === 'other' ? 'life-of-another' : situation]
  return { title, text: `${text} ${machine[lang]}` }
}
