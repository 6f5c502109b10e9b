const light = `--page:#fff;--text:#1a1e23;--soft:#565f6a;--line:#dde1e6;--head:#f4f5f7;--accent:#0b5cad;--before:#565f6a;--after:#86b6e6;--band:#e3e6ea;
--good:#13632d;--attention:#7a4a00;--attention-soft:#fcefd2;--bad:#b0241c;--bad-soft:#fde9e7;--good-soft:#e3f4e8`
const dark = `--page:#14171b;--text:#e5e8ec;--soft:#a5aeb9;--line:#323942;--head:#20252b;--accent:#6fb1fb;--before:#c3cad2;--after:#3d76b3;--band:#2d343c;
--good:#74d08e;--attention:#e9b955;--attention-soft:#392d12;--bad:#ff978e;--bad-soft:#452321;--good-soft:#183322`

/** The look of a report: calm, few inks, numbers aligned; on paper always light, with everything open and nothing cut. */
export const reportStyle = `
:root{color-scheme:light;${light}}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${dark}}}
*{box-sizing:border-box}
body{margin:0 auto;padding:32px 32px 48px;max-width:1120px;background:var(--page);color:var(--text);
font:14px/1.45 system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,'Liberation Sans',sans-serif;font-variant-numeric:tabular-nums}
h1{margin:2px 0 4px;font-size:26px;line-height:1.2;letter-spacing:-.01em}
h2{margin:40px 0 8px;padding-top:12px;border-top:1px solid var(--line);font-size:18px}
h3{margin:22px 0 4px;font-size:14px;overflow-wrap:anywhere}
p{margin:4px 0 8px;max-width:80ch}
ul{margin:0;padding:0;list-style:none}
a{color:var(--accent)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.soft{color:var(--soft)}
.mono{font-family:ui-monospace,'SF Mono','Cascadia Mono',Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace;font-size:.92em}
nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;margin-top:14px}
.verdict{display:flex;gap:6px 14px;align-items:baseline;margin:14px 0 0;padding:10px 14px;max-width:none;border-radius:6px}
.verdict .mark{flex:none}
.verdict-good{background:var(--good-soft)}.verdict-attention{background:var(--attention-soft)}.verdict-bad{background:var(--bad-soft)}
.mark{white-space:nowrap;font-weight:600}
.mark-good{color:var(--good)}.mark-attention{color:var(--attention)}.mark-bad{color:var(--bad)}.mark-plain{color:var(--soft)}
td .mark{font-weight:400}
.icon{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round;vertical-align:-2px}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:16px 20px;margin:12px 0 0}
.facts dt{color:var(--soft)}
.facts dd{margin:0}
.figure{display:block;font-size:24px;line-height:1.3}
table{width:100%;margin:10px 0 4px;border-collapse:collapse}
caption{padding:0 0 6px;color:var(--soft);text-align:left}
th,td{padding:5px 10px;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400;overflow-wrap:break-word}
time{white-space:nowrap}
.mono,bdi{overflow-wrap:anywhere}
header p{max-width:none}
th:first-child,td:first-child{padding-left:6px}
thead th{background:var(--head);color:var(--soft);font-weight:600;vertical-align:bottom;overflow-wrap:normal}
tfoot th,tfoot td{border-bottom:0;font-weight:600}
.number{text-align:right;white-space:nowrap}
thead .number{white-space:normal}
figure{margin:8px 0 0}
figcaption{color:var(--soft)}
.key{margin-left:12px;white-space:nowrap}
.picture{display:block;margin:6px 0;max-width:100%;height:auto}
.swatch{margin-left:8px;vertical-align:-1px}
.bar-after{fill:var(--after)}
.bar-before{fill:none;stroke:var(--before);stroke-width:1.4;stroke-dasharray:4 2}
.band{fill:var(--band)}
.line-axis{stroke:var(--soft);stroke-width:1}
.line-value{fill:none;stroke:var(--accent);stroke-width:1.6}
.point{fill:var(--accent)}
.axis{fill:var(--soft);font-size:12px}
.small{font-size:10.5px}
summary{padding:2px 0}
@media screen and (min-width:1000px){.differences{display:grid;grid-template-columns:1fr 1fr;gap:0 36px;align-items:start}}
summary{color:var(--accent);cursor:pointer}
footer{margin-top:40px;padding-top:12px;border-top:1px solid var(--line);color:var(--soft)}
@media screen and (max-width:1000px){#books~table{font-size:12px}#books~table :is(th,td){padding:5px}}
@media (max-width:700px){body{padding:16px}.verdict{display:block}}
@page{margin:14mm 13mm 16mm}
@media print{
body{max-width:none;padding:0;font-size:9.5pt}
nav{display:none}
h1{font-size:18pt}h2{margin-top:18pt;font-size:13pt}h3{font-size:10pt}
h2,h3,caption,figcaption,thead{break-after:avoid}
thead{display:table-header-group}tfoot{display:table-row-group}
tr,figure>svg,.facts>div,.verdict{break-inside:avoid}
article>h3,article>p,figcaption{break-after:avoid}
table{font-size:8pt}th,td{padding:2pt 4pt}#books~table{font-size:7.2pt}#books~table :is(th,td){padding:2pt 3pt}
.figure{font-size:16pt}.facts{grid-template-columns:repeat(3,1fr)}
.bar-after,.band,.verdict,thead th{print-color-adjust:exact;-webkit-print-color-adjust:exact}
details{max-width:none}
details::details-content{display:block;block-size:auto;content-visibility:visible}
summary{list-style:none;color:var(--soft)}summary::-webkit-details-marker{display:none}
}
`
