/**
 * Sending a photo of a card: the phone's camera or a file, looked at by name first, then sent.
 *
 * The picture goes to the service as it is and is never drawn here: the screen may be seen by others.
 */
import { html, type TemplateResult } from 'lit/html.js'
import { sendFiles, type Upload } from '../shared/line-upload.ts'
import { fieldWords } from './field-words.ts'

type Lang = 'en' | 'es'

const TAKEN = 'image/jpeg,image/png,image/heic,image/heif,application/pdf'
/** The service takes no larger file. */
const BYTES_MAX = 10 * 1024 * 1024
/** Two sides of a card. */
const FILES_AT_MOST = 2

/** Draws the two ways to a photo; `to` says where it goes, once there is a conversation. */
export function drawPhoto(lang: Lang, to: () => Pick<Upload, 'url' | 'token'> | null): TemplateResult {
  const { photo } = fieldWords[lang]
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const files = chosenIn(event.currentTarget as HTMLFormElement)
    if (isFine(files)) void send(event.currentTarget as HTMLFormElement, { lang, to: to(), files })
  }
  return html`<form class="field photo" novalidate @submit=${submit} @change=${(event: Event) => show(event, lang)}>
    <label class="pick camera">${photo.take}<input class="unseen" type="file" name="camera" accept="image/*" capture="environment"></label>
    <label class="pick">${photo.choose}<input class="unseen" type="file" name="files" accept=${TAKEN} multiple></label>
    <p class="hint" role="status"></p>
    <p class="mend" role="alert">${photo.mend}</p>
    <button class="main" hidden>${photo.send}</button>
  </form>`
}

interface Sending {
  readonly lang: Lang
  readonly to: Pick<Upload, 'url' | 'token'> | null
  readonly files: readonly File[]
}

/** What the service refuses it says in the chat; only what did not reach it is said here. */
async function send(form: HTMLFormElement, { lang, to, files }: Sending): Promise<void> {
  const { photo } = fieldWords[lang]
  const [button, said, mend] = [form.querySelector('button'), form.querySelector('.hint'), form.querySelector('.mend')]
  if (!button || !said || !mend) return
  button.disabled = true
  said.textContent = photo.sending
  const upload = to && { ...to, locale: `${lang}-US`, clientId: crypto.randomUUID() }
  const isFailed = !upload || (await sendFiles(upload, files)) === 'failed'
  button.disabled = false
  said.textContent = ''
  mend.textContent = isFailed ? photo.failed : photo.mend
  form.classList.toggle('wrong', isFailed)
}

function chosenIn(form: HTMLFormElement): File[] {
  const all = new FormData(form).getAll('camera').concat(new FormData(form).getAll('files'))
  return all.filter((one): one is File => one instanceof File && one.size > 0)
}

function isFine(files: readonly File[]): boolean {
  return files.length > 0 && files.length <= FILES_AT_MOST && files.every(({ size }) => size <= BYTES_MAX)
}

/** Says what was chosen; nothing goes out before Send. A new choice replaces the one made the other way. */
function show(event: Event, lang: Lang): void {
  const form = event.currentTarget as HTMLFormElement
  const [chosen, ...others] = [event.target as HTMLInputElement, ...form.querySelectorAll('input')]
  for (const other of others) if (other !== chosen && other.value !== '') other.value = ''
  const files = chosenIn(form)
  form.classList.toggle('wrong', files.length > 0 && !isFine(files))
  const said = form.querySelector('.hint')
  if (said) said.textContent = files.length === 0 ? '' : fieldWords[lang].photo.chosen(files.length)
  const button = form.querySelector('button')
  if (!button) return
  button.hidden = !isFine(files)
  if (!button.hidden) button.focus()
}
