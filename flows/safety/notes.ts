/**
 * Notes on objects: what was once worked out of one is kept with it, unseen, for as long as it lives.
 *
 * A `WeakMap` does the same, but its entries stand in a table that the collector of garbage goes through again
 * and again before it may end: with a hundred thousand of them every conversation stood still for a tenth of a
 * second. Here a note is a private field of the object itself, which only its own notes can read: no copy, no
 * JSON and no comparison sees it, and a frozen object takes it as well.
 */
export interface Notes<Noted extends object, Value> {
  get(of: Noted): Value | undefined
  set(of: Noted, value: Value): void
}

/** A class whose constructor gives back another object puts its fields on that one. */
class Onto {
  constructor(of: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is how a field gets onto an object that is there already.
    return of
  }
}

export function notes<Noted extends object, Value>(): Notes<Noted, Value> {
  class Note extends Onto {
    #value: Value
    constructor(of: object, value: Value) {
      super(of)
      this.#value = value
    }
    static get(of: object): Value | undefined {
      return #value in of ? of.#value : undefined
    }
    static set(of: object, value: Value): void {
      if (#value in of) of.#value = value
      else new Note(of, value)
    }
  }
  return { get: Note.get, set: Note.set }
}
