import { expect, test } from 'vitest'
import { listen } from '../../flows/safety/listen.ts'

const own = [
  'my husband hits me and he is coming home now',
  'he put my head through the wall because i called you',
  'tengo miedo de hacerle daño a mi bebé, no para de llorar',
  'tengo 13 y mi padrastro me toca cuando mi mamá trabaja de noche',
  'tengo 34 semanas y el bebé no se mueve desde ayer y veo luces',
  'cuando tomo le pego a mi mujer y me da miedo acabar con ella',
]
const others = [
  'my daughter is cutting herself',
  'my husband locked himself in the shed with the shotgun and wont answer me',
  'mi marido me llamó desde el puente, se oye el viento y me pidió perdón',
  'my sister is being beaten by her husband',
  'mi hijo dice que se quiere matar',
]

test.each(own)('"%s" is the danger of the one who writes', (text) => {
  expect(listen(text, []).who).toBe('self')
})

test.each(others)('"%s" is somebody else’s danger', (text) => {
  expect(listen(text, []).who).toBe('other')
})
