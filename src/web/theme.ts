import { theme as antd, type ThemeConfig } from 'antd'
import {
  accent,
  ageing,
  ageingEdge,
  categorical,
  certainty,
  exposure,
  fontFamily,
  type Mode,
  neutral,
  shades,
  size,
  tone,
} from './tokens.ts'

/** antd's theme for one mode; `phone` has larger text and targets (44 px). */
export function themeConfig(mode: Mode, phone: boolean): ThemeConfig {
  return {
    cssVar: { key: 'huikuan' },
    algorithm: mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: { ...sizeTokens(phone), ...colorTokens(mode) },
    components: { ...frameComponents(mode), ...tableComponent(mode, phone), ...controlComponents(mode) },
  }
}

/** The same tokens as CSS custom properties, for what antd does not have (credit bar, ageing ticks, phone rows). */
export function cssVariables(mode: Mode): Record<string, string> {
  const variables: Record<string, string> = { '--accent': accent[mode], '--age-edge': ageingEdge[mode], '--track': shades[mode].track }
  const add = (prefix: string, colors: Record<string, string>) => {
    for (const [name, color] of Object.entries(colors)) variables[`--${prefix}${name}`] = color
  }
  add('', neutral[mode])
  add('exp-', exposure[mode])
  add('cert-', certainty[mode])
  for (const [name, color] of Object.entries(tone[mode])) {
    variables[`--${name}-text`] = color.text
    variables[`--${name}-bg`] = color.bg
  }
  ageing[mode].forEach((color, index) => {
    variables[`--age-${index}`] = color
  })
  categorical[mode].forEach((color, index) => {
    variables[`--cat-${index}`] = color
  })
  return variables
}

function sizeTokens(phone: boolean): ThemeConfig['token'] {
  return {
    fontFamily,
    fontSize: phone ? 15 : 13,
    fontSizeSM: phone ? 13 : 12,
    fontSizeLG: phone ? 16 : 14,
    fontSizeHeading1: 24,
    fontSizeHeading2: 20,
    fontSizeHeading3: 16,
    fontSizeHeading4: 14,
    fontSizeHeading5: 13,
    fontWeightStrong: 600,
    controlHeight: phone ? 44 : 32,
    controlHeightSM: phone ? 36 : 24,
    controlHeightLG: phone ? 48 : 40,
    borderRadius: 4,
    borderRadiusSM: 4,
    borderRadiusLG: 6,
    borderRadiusXS: 2,
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  }
}

function colorTokens(mode: Mode): ThemeConfig['token'] {
  const colors = neutral[mode]
  const tones = tone[mode]
  return {
    colorPrimary: accent[mode],
    colorInfo: accent[mode],
    colorLink: accent[mode],
    colorSuccess: tones.success.text,
    colorWarning: tones.warning.text,
    colorError: tones.danger.text,
    colorSuccessBg: tones.success.bg,
    colorWarningBg: tones.warning.bg,
    colorErrorBg: tones.danger.bg,
    colorInfoBg: tones.info.bg,
    colorBgLayout: colors.layout,
    colorBgContainer: colors.container,
    colorBgElevated: colors.elevated,
    colorBorder: colors.control,
    colorBorderSecondary: colors.hairline,
    colorSplit: colors.hairline,
    colorText: colors.text,
    colorTextSecondary: colors.text2,
    colorTextTertiary: colors.text3,
    colorTextDescription: colors.text3,
    colorTextPlaceholder: colors.text3,
    colorTextDisabled: colors.disabled,
    colorTextLightSolid: shades[mode].onAccent,
    boxShadow: 'none',
    boxShadowTertiary: 'none',
  }
}

function frameComponents(mode: Mode): ThemeConfig['components'] {
  const colors = neutral[mode]
  return {
    Layout: { headerBg: colors.container, headerHeight: size.topbar, bodyBg: colors.layout },
    Menu: { itemBg: 'transparent', itemHeight: 32, itemColor: colors.text2, itemHoverBg: colors.hover, itemSelectedBg: colors.selected },
    Tabs: { horizontalItemPadding: '8px 0', horizontalItemGutter: 24, horizontalMargin: '0' },
    Steps: { iconSize: 24, iconSizeSM: 20 },
    Tooltip: { colorTextLightSolid: shades[mode].onTooltip, colorBgSpotlight: shades[mode].tooltip },
    Alert: { defaultPadding: '8px 12px' },
    Timeline: { itemPaddingBottom: 12 },
  }
}

function tableComponent(mode: Mode, phone: boolean): ThemeConfig['components'] {
  const colors = neutral[mode]
  return {
    Table: {
      headerBg: colors.container,
      headerColor: colors.text3,
      headerSplitColor: 'transparent',
      headerSortActiveBg: colors.container,
      headerSortHoverBg: colors.hover,
      fixedHeaderSortActiveBg: colors.container,
      bodySortBg: colors.container,
      borderColor: colors.hairline,
      rowHoverBg: colors.hover,
      rowSelectedBg: colors.selected,
      rowSelectedHoverBg: colors.selected,
      rowExpandedBg: colors.sunken,
      cellPaddingBlockSM: 7,
      cellPaddingInlineSM: 8,
      cellFontSizeSM: phone ? 15 : 13,
      footerBg: colors.container,
    },
  }
}

function controlComponents(mode: Mode): ThemeConfig['components'] {
  const colors = neutral[mode]
  return {
    Button: {
      fontWeight: 400,
      defaultBorderColor: colors.soft,
      defaultColor: colors.text,
      primaryShadow: 'none',
      defaultShadow: 'none',
      dangerShadow: 'none',
      paddingInline: 12,
    },
    Form: { itemMarginBottom: 16, verticalLabelPadding: '0 0 4px', labelColor: colors.text2 },
    Segmented: { trackBg: shades[mode].track, itemSelectedBg: shades[mode].trackSelected, trackPadding: 2, itemColor: colors.text2 },
    // The check mark is drawn in colorWhite; on the light accent of the dark mode it has to be dark.
    ...(mode === 'dark' ? { Checkbox: { colorWhite: shades.dark.onAccent } } : {}),
  }
}
