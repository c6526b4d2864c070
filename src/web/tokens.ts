// The visual tokens. No other colour literal stands anywhere in the web code.

export type Mode = 'light' | 'dark'
export type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger'

/** Latin first for digits (all of these have tabular figures), then the platform's Chinese face. Only weights 400 and 600 exist in all. */
export const fontFamily =
  '-apple-system, "Segoe UI", "PingFang SC", "PingFang TC", "Microsoft YaHei UI", "Microsoft JhengHei UI", "Noto Sans SC", "Noto Sans CJK SC", "Noto Sans TC", sans-serif'

export const neutral = {
  light: {
    layout: '#F5F6F8',
    container: '#FFFFFF',
    elevated: '#FFFFFF',
    sunken: '#F8F9FB',
    hover: '#F1F4F8',
    selected: '#EAF0FB',
    hairline: '#E2E6EC',
    soft: '#C5CCD6',
    control: '#868F9E',
    text: '#18212D',
    text2: '#475262',
    text3: '#616B7B',
    disabled: '#9AA3B0',
  },
  dark: {
    layout: '#0E1319',
    container: '#161C24',
    elevated: '#1F2731',
    sunken: '#1A212A',
    hover: '#1E2630',
    selected: '#1B2A48',
    hairline: '#2A3440',
    soft: '#414D5B',
    control: '#6B7788',
    text: '#E7EBF1',
    text2: '#B0BAC7',
    text3: '#8F9BAB',
    disabled: '#5D6877',
  },
} as const

/** What one can do: primary button, link, selection, focus; nothing else. */
export const accent: Record<Mode, string> = { light: '#2350B5', dark: '#8AADFA' }

/** Single uses: words on the accent, tooltip, track of a segmented control. */
export const shades = {
  light: { onAccent: '#FFFFFF', tooltip: '#2B3442', onTooltip: '#FFFFFF', track: '#E9ECF1', trackSelected: '#FFFFFF' },
  dark: { onAccent: '#0E1319', tooltip: '#3A4655', onTooltip: '#FFFFFF', track: '#0E1319', trackSelected: '#2A3440' },
} as const

/** Text colour and its quiet background, always together with an icon and a word. */
export const tone: Record<Mode, Record<Tone, { text: string; bg: string }>> = {
  light: {
    neutral: { text: '#475262', bg: '#EDF0F4' },
    info: { text: '#1F4BAA', bg: '#E8EFFC' },
    success: { text: '#12653E', bg: '#E4F3EA' },
    warning: { text: '#7F4700', bg: '#FDF1DC' },
    danger: { text: '#A8231B', bg: '#FCE9E7' },
  },
  dark: {
    neutral: { text: '#B0BAC7', bg: '#262F3A' },
    info: { text: '#A3C0FF', bg: '#1B2A48' },
    success: { text: '#74D3A2', bg: '#15301F' },
    warning: { text: '#F0B866', bg: '#35280F' },
    danger: { text: '#FF9F96', bg: '#3B1C1A' },
  },
}

/**
 * Not due, 1–30, 31–60, 61–90, 91–180, over 180 days. Each step stands further from the background than the one before (darker on light,
 * lighter on dark), so the order survives grey print and every kind of colour blindness. Fewer buckets take from the start and the end.
 */
export const ageing: Record<Mode, readonly string[]> = {
  light: ['#A3B8CF', '#C4861C', '#B85F1A', '#97351F', '#6B1A2A', '#380A1E'],
  dark: ['#435B75', '#8A6424', '#BC7628', '#E08A4E', '#F6AE94', '#FFDCD3'],
}

/** Edge of the not-due segment, which is below 3:1 itself because nothing is to be done there. */
export const ageingEdge: Record<Mode, string> = { light: '#7292B4', dark: '#64809F' }

/** Parts of the credit exposure. */
export const exposure = {
  light: { orders: '#DCE3EC', bills: '#73849A', notDue: '#A3B8CF', overdue: '#97351F', thisOrder: '#2350B5' },
  dark: { orders: '#2C3744', bills: '#7D8DA1', notDue: '#435B75', overdue: '#E08A4E', thisOrder: '#8AADFA' },
} as const

/** Cash expected, by how sure it is: one hue, falling strength. */
export const certainty = {
  light: { promise: '#1C3F8F', prediction: '#5C82CF', dueOnly: '#B4C7EC' },
  dark: { promise: '#BFD2FF', prediction: '#7698E0', dueOnly: '#3F5688' },
} as const

/** For series without an order (salespeople, products): at most five, then "others" in the sixth, neutral. */
export const categorical: Record<Mode, readonly string[]> = {
  light: ['#2350B5', '#B5651D', '#2E7D6B', '#8A4B9E', '#6B7280', '#A3B8CF', '#B03A6B', '#8C7A00'],
  dark: ['#8AADFA', '#E3A35F', '#6FC5B0', '#C79BD8', '#9CA6B4', '#435B75', '#F08AB5', '#D5C34A'],
}

export const size = { sider: 184, siderNarrow: 56, topbar: 48, row: 36, phoneRow: 56 } as const

/** Widths where the layout changes, in px: below `phone` one column, below `narrow` the sider shows icons only. */
export const breakpoint = { phone: 768, narrow: 1360 } as const
