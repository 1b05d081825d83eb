/**
 * The words of the answer fields, both languages side by side: they travel with the fields, on demand.
 */
export interface FieldWords {
  readonly label: Readonly<Record<'number' | 'phone' | 'email' | 'member-id' | 'text', string>>
  /** A better label than the type's, where the field's name says more. */
  readonly named: Readonly<Record<string, string>>
  readonly hint: Readonly<Partial<Record<'phone' | 'member-id' | 'date', string>>>
  readonly month: string
  readonly day: string
  readonly year: string
  readonly date: string
  readonly birthday: string
  readonly show: string
  readonly hide: string
  readonly chooseAny: string
  readonly photo: {
    readonly take: string
    readonly choose: string
    readonly chosen: (count: number) => string
    readonly send: string
    readonly sending: string
    readonly mend: string
    readonly failed: string
  }
  readonly skip: string
  readonly mend: Readonly<Record<'number' | 'phone' | 'email' | 'member-id' | 'text' | 'date' | 'multi', string>>
}

export const fieldWords: Readonly<Record<'en' | 'es', FieldWords>> = {
  en: {
    label: {
      number: 'A number',
      phone: 'Phone number',
      email: 'Email address',
      'member-id': 'Member ID',
      text: 'Your answer',
    },
    named: {
      age: 'Age in years',
      'given-name': 'Name to use',
      'family-name': 'Last name',
      name: 'Name',
      'postal-code': 'ZIP or postal code',
      'address-level1': 'State',
      'address-level2': 'City',
    },
    hint: {
      phone: 'With area code',
      'member-id': 'It is on the front of the insurance card. Only you see it here.',
      date: 'For example 3 14 1985',
    },
    month: 'Month',
    day: 'Day',
    year: 'Year',
    date: 'Date',
    birthday: 'Date of birth',
    show: 'Show',
    hide: 'Hide',
    chooseAny: 'Choose all that fit',
    photo: {
      take: 'Take a photo',
      choose: 'Choose a file',
      chosen: (count) => (count === 1 ? 'One photo is ready to send.' : `${count} photos are ready to send.`),
      send: 'Send the photo',
      sending: 'Sending',
      mend: 'Please choose one or two files of at most 10 MB each.',
      failed: 'The photo didn’t reach us. Please try again, or type the details.',
    },
    skip: 'Skip',
    mend: {
      number: 'Please write a number, like 34.',
      phone: 'Please write the whole number, with area code.',
      email: 'Please write an address like name@example.com.',
      'member-id': 'Please write the ID as it stands on the card.',
      text: 'Please write an answer first.',
      date: 'Please write a month, a day and a four-digit year.',
      multi: 'Please choose at least one.',
    },
  },
  es: {
    label: {
      number: 'Un número',
      phone: 'Número de teléfono',
      email: 'Correo electrónico',
      'member-id': 'Número de miembro',
      text: 'Su respuesta',
    },
    named: {
      age: 'Edad en años',
      'given-name': 'Nombre que prefiere',
      'family-name': 'Apellido',
      name: 'Nombre',
      'postal-code': 'Código postal',
      'address-level1': 'Estado',
      'address-level2': 'Ciudad',
    },
    hint: {
      phone: 'Con código de área',
      'member-id': 'Está al frente de la tarjeta del seguro. Aquí solo usted lo ve.',
      date: 'Por ejemplo 3 14 1985',
    },
    month: 'Mes',
    day: 'Día',
    year: 'Año',
    date: 'Fecha',
    birthday: 'Fecha de nacimiento',
    show: 'Mostrar',
    hide: 'Ocultar',
    chooseAny: 'Elija todo lo que corresponda',
    photo: {
      take: 'Tomar una foto',
      choose: 'Elegir un archivo',
      chosen: (count) =>
        count === 1 ? 'Una foto está lista para enviar.' : `${count} fotos están listas para enviar.`,
      send: 'Enviar la foto',
      sending: 'Enviando',
      mend: 'Elija uno o dos archivos de hasta 10 MB cada uno.',
      failed: 'La foto no nos llegó. Inténtelo de nuevo o escriba los datos.',
    },
    skip: 'Saltar',
    mend: {
      number: 'Escriba un número, por ejemplo 34.',
      phone: 'Escriba el número completo, con código de área.',
      email: 'Escriba una dirección como nombre@ejemplo.com.',
      'member-id': 'Escriba el número como está en la tarjeta.',
      text: 'Primero escriba una respuesta.',
      date: 'Escriba el mes, el día y el año con cuatro cifras.',
      multi: 'Elija al menos una opción.',
    },
  },
}
