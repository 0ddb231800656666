/** Texts of the parts that teachers' and admins' lists share. */
export const lists = {
  'copy.copy': 'Copy',
  'copy.copied': 'Copied',
  'copy.failed': 'The browser did not let this page copy. Select the text and copy it yourself.',
  'account.active': 'In use',
  'account.invited': 'No password yet',
  'account.inactive': 'Deactivated',
  'invitation.title': 'Invitation for {name}',
  'invitation.effect':
    'Makes a link with which {name} sets a password, good once. A link that was sent before stops working.',
  'invitation.replaces':
    '{name} has a password and can go on with it. Whoever opens the new link sets another one, and that signs {name} out everywhere.',
  'invitation.make': 'Make link',
  'invitation.cancel': 'Cancel',
  'invitation.link': 'Invitation link',
  'invitation.hint': 'Send it to {name} alone: whoever opens it sets the password.',
  'invitation.until': 'Good once, until',
  'invitation.done': 'Done',
  'list.failed': 'The list could not be read',
} as const
