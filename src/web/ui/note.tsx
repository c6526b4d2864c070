import { CheckCircleOutlined, ExclamationCircleOutlined, InfoCircleOutlined, LockOutlined, WarningOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Tone } from '../tokens.ts'

const icons = {
  neutral: <InfoCircleOutlined aria-hidden />,
  info: <InfoCircleOutlined aria-hidden />,
  success: <CheckCircleOutlined aria-hidden />,
  warning: <WarningOutlined aria-hidden />,
  danger: <ExclamationCircleOutlined aria-hidden />,
  lock: <LockOutlined aria-hidden />,
}

/** One sentence across the page or panel: a proof line, a warning, a hold. `lead` is its bold beginning, `action` stands at the right. */
export function Note({
  tone,
  lead,
  action,
  icon,
  children,
}: {
  tone: Tone
  lead?: ReactNode
  action?: ReactNode
  icon?: 'lock'
  children?: ReactNode
}) {
  return (
    <div className={`note tone-${tone}`} role={tone === 'danger' ? 'alert' : 'status'}>
      {icons[icon ?? tone]}
      <div className="grow">
        {lead === undefined ? null : <b>{lead} </b>}
        {children}
      </div>
      {action}
    </div>
  )
}
