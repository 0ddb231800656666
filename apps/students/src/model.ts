export * from './invitations/model'
export * from './people/model'
export * from './sessions/model'
