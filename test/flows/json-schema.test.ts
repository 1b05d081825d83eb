import { expect, test } from 'vitest'
import { jsonSchemaOf, scriptSchemas } from '../../flows/engine/json-schema.ts'

test.each(Object.keys(scriptSchemas) as (keyof typeof scriptSchemas)[])(
  'an editor can complete a file of the kind %s',
  (kind) => {
    const schema = jsonSchemaOf(kind)
    expect(schema.$schema).toMatch(/2020-12/)
    expect(Object.keys(schema.properties as object).length).toBeGreaterThan(1)
  },
)
