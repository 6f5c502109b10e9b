import type { Room } from './rooms.ts';
/** The rule that an import of a package or a part of Node breaks and what to do instead; null when it breaks none. */
export declare function whyNotPackage(from: Room, specifier: string): string | null;
/** True for what a browser page cannot load. */
export declare function needsNode(specifier: string): boolean;
/** True for rooms whose code runs in the page. */
export declare function isRenderer(room: Room): boolean;
