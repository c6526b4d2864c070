import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { MouseEvent, ReactNode } from 'react'

/** A button that leads to a page: a real link (opens in a new tab), drawn as a button. */
export function PageLink(props: {
  to: string
  look?: 'primary' | 'default' | 'link' | 'text'
  icon?: ReactNode
  small?: boolean
  children: ReactNode
}) {
  const { to, look = 'default', icon, small = false, children } = props
  const navigate = useNavigate()
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    void navigate({ to })
  }
  return (
    <Button href={to} type={look} icon={icon} size={small ? 'small' : 'middle'} onClick={open}>
      {children}
    </Button>
  )
}
