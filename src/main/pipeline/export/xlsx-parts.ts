import { columnLetters, xlsxAttribute, xlsxText } from './xlsx-xml.ts'

/** The styles of cells, by their place in the list of styles. */
export const xlsxStyle = { plain: 0, header: 1, date: 2, hundredths: 3, integer: 4, text: 5, faultyText: 6 } as const

/** A reason beside a cell, shown when one points at it. */
export interface XlsxNote {
  /** From 0. */
  readonly column: number
  /** From 1, as in the sheet. */
  readonly row: number
  readonly text: string
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'

/** The list of what the file's parts are. */
export function contentTypes(hasNotes: boolean): string {
  const part = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${part}.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${part}.worksheet+xml"/>${hasNotes ? `<Override PartName="/xl/comments1.xml" ContentType="${part}.comments+xml"/>` : ''}</Types>`
}

/** Where the workbook is. */
export const rootRelations = `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`

/** A workbook of one sheet. */
export function workbook(sheet: string): string {
  const name = xlsxAttribute(sheet.replaceAll(/[[\]:*?/\\]/g, '_').slice(0, 31))
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`
}

/** Where the parts of the workbook are. */
export const workbookRelations = `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${relations}/styles" Target="styles.xml"/></Relationships>`

/** The styles, in the order of `xlsxStyle`. Number format 49 is text. */
export const styles = `${declaration}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EAEE"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFD9D2"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7"><xf xfId="0"/>${[
  [49, 1, 2],
  [164, 0, 0],
  [2, 0, 0],
  [1, 0, 0],
  [49, 0, 0],
  [49, 0, 3],
]
  .map(
    ([format, font, fill]) =>
      `<xf xfId="0" numFmtId="${format}" fontId="${font}" fillId="${fill}" applyNumberFormat="1" applyFont="1" applyFill="1"/>`,
  )
  .join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

/** All of the sheet before its rows: the first row stays in sight. */
export function sheetStart(widths: readonly number[]): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  )
  return `${declaration}<worksheet xmlns="${main}" xmlns:r="${relations}"><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`
}

/** All of the sheet behind its rows. */
export function sheetEnd(hasNotes: boolean): string {
  return `</sheetData>${hasNotes ? '<legacyDrawing r:id="rId1"/>' : ''}</worksheet>`
}

/** Where the notes of the sheet are: their texts, and the boxes that show them. */
export const sheetRelations = `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/><Relationship Id="rId2" Type="${relations}/comments" Target="../comments1.xml"/></Relationships>`

/** The texts of the notes. */
export function noteTexts(notes: readonly XlsxNote[]): string {
  const texts = notes.map(
    ({ column, row, text }) =>
      `<comment ref="${columnLetters(column)}${row}" authorId="0"><text><r><t xml:space="preserve">${xlsxText(text)}</t></r></text></comment>`,
  )
  return `${declaration}<comments xmlns="${main}"><authors><author>Assay</author></authors><commentList>${texts.join('')}</commentList></comments>`
}

/** The boxes of the notes, hidden until one points at the cell. */
export function noteBoxes(notes: readonly XlsxNote[]): string {
  const boxes = notes.map(
    ({ column, row }, index) =>
      `<v:shape id="_x0000_s${1025 + index}" type="#_x0000_t202" style="position:absolute;width:220pt;height:60pt;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`,
  )
  return `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${boxes.join('')}</xml>`
}
