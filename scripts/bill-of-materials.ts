/**
 * `npm run sbom`: the bill of materials of a production installation, as CycloneDX.
 *
 * npm's own `--omit dev` also leaves out packages that both a tool of ours and the product need (a fifth of them,
 * npm 11.19), so the whole bill is asked for and cut to what the lock file says is shipped.
 */
import { execFileSync } from 'node:child_process'
import { shipped } from './licences.ts'

interface Component {
  readonly 'bom-ref': string
  readonly name: string
  readonly version: string
}

export interface Bill {
  readonly bomFormat: string
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

export function billOfMaterials(): Bill {
  const how = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']
  const text = execFileSync('npm', how, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e8 })
  const whole = JSON.parse(text) as Bill & { readonly metadata: { readonly component: Component } }
  const ours = new Set(shipped().map(({ name, version }) => `${name} ${version}`))
  const components = whole.components.filter(({ name, version }) => ours.has(`${name} ${version}`))
  const refs = new Set([whole.metadata.component['bom-ref'], ...components.map((one) => one['bom-ref'])])
  const dependencies = whole.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }))
  return { ...whole, components, dependencies }
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(billOfMaterials(), null, 2)}\n`)
