/** What a person answers at sample-002 who has her insurance checked: up to her card, and as it stands on it. */
export const upToCard = [
  'check my insurance',
  'me',
  'Aetna',
  'ppo',
  'my own',
  'NJ',
  'a person',
  'Ana',
  'phone',
  '609 555 2368',
  'yes',
  'any',
  'yes',
  'no',
  'yes',
]

export const fromCard = ['type it', 'W123456789', 'skip', 'Ana Diaz', 'May 17, 1990']
