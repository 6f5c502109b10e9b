import { themeQuartz } from 'ag-grid-community'

/** The grid in the workbench's own tokens, so that it follows each theme without being made anew. */
export const gridTheme = themeQuartz.withParams({
  accentColor: 'var(--accent)',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--text)',
  borderColor: 'var(--border)',
  browserColorScheme: 'inherit',
  borderRadius: 0,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  fontFamily: 'var(--font)',
  fontSize: 13,
  spacing: 6,
  rowHeight: 28,
  headerHeight: 28,
  headerBackgroundColor: 'var(--surface-raised)',
  headerTextColor: 'var(--text-soft)',
  headerFontWeight: 500,
  headerColumnBorder: { style: 'solid', width: 1, color: 'var(--border)' },
  headerColumnResizeHandleColor: 'transparent',
  oddRowBackgroundColor: 'var(--surface)',
  rowBorder: { style: 'solid', width: 1, color: 'var(--border)' },
  rowHoverColor: 'var(--hover)',
  selectedRowBackgroundColor: 'var(--accent-soft)',
  cellHorizontalPadding: 8,
  focusShadow: 'none',
})
