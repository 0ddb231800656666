/** Texts of the page that shows mail where none is sent. */
export const mailbox = {
  'mailbox.title': 'Mailbox',
  'mailbox.lead': 'Mail that Hourglass would have sent. Nothing leaves this computer while it runs for development.',
  'mailbox.messages': 'Messages',
  'mailbox.empty': 'No mail yet',
  'mailbox.emptyText': 'Invitations, new exams and released results arrive here.',
  'mailbox.absent': 'There is no mailbox here',
  'mailbox.absentText': 'This installation sends real e-mail. Look into your own mail program.',
  'mailbox.to': 'To',
  'mailbox.sent': 'Sent',
  'mailbox.choose': 'Choose a message to read it.',
} as const
