/** The kinds of folders that a source file can live in; room-rules.ts and package-rules.ts say what each may import. */
export type RoomKind = 'kernel' | 'protocol' | 'store' | 'stage' | 'run' | 'features' | 'feature' | 'host' | 'preload' | 'app' | 'screens' | 'ui' | 'lib';
export interface Room {
    readonly kind: RoomKind;
    /** The folder's name where a kind has many (`reader`, `runs`, `cli`), otherwise the kind. */
    readonly name: string;
    /** Its folder, as messages show it. */
    readonly folder: string;
}
/** The room of a file, by its path from the project's root; null when the layout has no such place. */
export declare function roomOf(path: string): Room | null;
