/** The pages and assets that people get: from a folder in production, from the development server while one works on them. */
export interface Ui {
  /** Answers for every address outside of `/api`. A page that is missing is the application's own to tell. */
  handle: (request: Request, pathname: string) => Promise<Response>
  /** What its pages may load. */
  contentKind: 'page' | 'dev-page'
  /** Where the page's own WebSocket goes, if it has one: the development server's reloads. */
  socketUrl: string | null
}

export { createDevServerUi } from './dev-server'
export { createFolderUi } from './folder'
