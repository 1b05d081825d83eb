/**
 * Registers the desk's element.
 */
import { PorchlightDesk } from './porchlight-desk.ts'

customElements.define('porchlight-desk', PorchlightDesk)
