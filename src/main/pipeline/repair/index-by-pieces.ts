import type { Neighbours } from './neighbours.ts'

// The sizes of OpenRefine's blocking: 6 by default, and 3 as the least that is of use, here for short values.
const pieceSize = 6
const shortPieceSize = 3
const shortValue = 12
// A piece that many values share tells none of them apart.
const mostSharers = 100

/** Finds the neighbours of a text that have a piece of it: not all, but quickly, however long the texts are. */
export function indexByPieces(texts: readonly string[]): Neighbours {
  const sharers = new Map<number, number[]>()
  for (const [number, text] of texts.entries())
    eachPiece(text, (piece) => {
      const numbers = sharers.get(piece)
      if (numbers === undefined) sharers.set(piece, [number])
      else if (numbers.length <= mostSharers) numbers.push(number)
    })
  return (value, visit) =>
    eachPiece(texts[value] ?? '', (piece) => {
      const numbers = sharers.get(piece) ?? []
      if (numbers.length <= mostSharers) for (const number of numbers) visit(number)
    })
}

/**
 * Calls with a hash of each piece; with those of both sizes where the text is about as long as short values are, so that it meets
 * neighbours on either side.
 */
function eachPiece(text: string, visit: (piece: number) => void): void {
  if (text.length >= shortValue) hashPieces(text, pieceSize, visit)
  if (text.length < shortValue + pieceSize) hashPieces(text, shortPieceSize, visit)
}

function hashPieces(text: string, size: number, visit: (piece: number) => void): void {
  for (let at = 0; at + size <= text.length; at += 1) {
    let hash = size
    for (let letter = at; letter < at + size; letter += 1) hash = Math.imul(hash, 0x0100_0193) ^ text.charCodeAt(letter)
    // Kept small, so that the engine need not put it on the heap.
    visit(hash >>> 2)
  }
}
