import { formatLocale, type Locale, locale } from '../lib/locale'

/** A text with `{name}` places, or a text per plural form, chosen by the parameter `count`. */
export type Message = string | { readonly one: string; readonly other: string }
export type Messages = Readonly<Record<string, Message>>

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
type NamesOf<M> = M extends { readonly one: infer One; readonly other: infer Other }
  ? 'count' | Names<One> | Names<Other>
  : Names<M>
export type Params<M> = Readonly<Record<NamesOf<M>, string | number>>
type Arguments<M> = [NamesOf<M>] extends [never] ? [] : [params: Params<M>]
export type Translate<C extends Messages> = <K extends keyof C & string>(key: K, ...params: Arguments<C[K]>) => string

/**
 * Makes `t` for a catalogue. A locale that lacks a text falls back to English; a missing parameter leaves its place visible.
 * `translations` are whole or partial catalogues of other locales.
 */
export function createTranslator<const C extends Messages>(
  english: C,
  translations: Partial<Record<Locale, Partial<Record<keyof C, Message>>>> = {},
): Translate<C> {
  return (key, ...[params]) => {
    const message: Message = translations[locale()]?.[key] ?? english[key] ?? key
    return fill(message, (params ?? {}) as Readonly<Record<string, string | number>>) // keyed by the names in the text
  }
}

function fill(message: Message, params: Readonly<Record<string, string | number>>): string {
  const text = typeof message === 'string' ? message : chooseForm(message, Number(params.count))
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = params[name]
    return value === undefined ? place : typeof value === 'number' ? formatCount(value) : value
  })
}

const chooseForm = (forms: { readonly one: string; readonly other: string }, count: number): string =>
  new Intl.PluralRules('en').select(count) === 'one' ? forms.one : forms.other

const formatCount = (value: number): string => new Intl.NumberFormat(formatLocale()).format(value)
