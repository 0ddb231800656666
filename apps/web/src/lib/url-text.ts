import { useSearchParams } from '@solidjs/router'

/** A text that lives in the page's address, so that a link, a reload and the way back show the same. Empty is left out. */
export function createUrlText(name: string): [get: () => string, set: (text: string) => void] {
  const [params, setParams] = useSearchParams()
  const get = () => {
    const value = params[name]
    return (Array.isArray(value) ? value[0] : value) ?? ''
  }
  return [get, (text) => setParams({ [name]: text === '' ? undefined : text }, { replace: true, scroll: false })]
}
