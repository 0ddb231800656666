import { person } from '../lib/session'
import { t } from '../messages/common'
import { ButtonLink } from '../parts/button'
import { Page } from '../parts/page'
import { homeOf } from './navigation'

export default function NotFound() {
  const home = () => {
    const who = person()
    return who ? homeOf(who.role) : '/'
  }
  return (
    <Page title={t('notFound.title')} lead={t('notFound.text')} width="text">
      <div>
        <ButtonLink variant="primary" href={home()}>
          {t('notFound.home')}
        </ButtonLink>
      </div>
    </Page>
  )
}
