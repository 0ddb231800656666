/**
 * Finished HTML (formulas, gaps) travels through markdown and the sanitiser as marks: three characters of the private
 * use area that neither touches. A mark counts only between tags, so an attribute can never be broken open by one.
 */
const [open, close, digitBase] = ['\ue000', '\ue001', 0xe010]
const markPattern = /<[^>]*>|\ue000([\ue010-\ue019]+)\ue001/g
const strayPattern = /[\ue000\ue001\ue010-\ue019]/g

export class Marks {
  readonly #kept: string[] = []

  keep(html: string): string {
    const digits = [...String(this.#kept.push(html) - 1)]
    return open + digits.map((digit) => String.fromCharCode(digitBase + Number(digit))).join('') + close
  }

  /** `html` must come from the sanitiser: there every `>` in an attribute is written `&gt;`. */
  restore(html: string): string {
    return html.replace(markPattern, (whole, digits?: string) => {
      if (digits === undefined) return whole.replace(strayPattern, '')
      const index = Number([...digits].map((digit) => digit.charCodeAt(0) - digitBase).join(''))
      return this.#kept[index] ?? ''
    })
  }
}

/** Before anything else: an author's own private-use characters must not be taken for marks. */
export const removeStrayMarks = (text: string): string => text.replace(strayPattern, '')
