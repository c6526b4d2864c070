/** The program (or a command of it) cannot go on, and the message says in one sentence why and what to do. Printed without a stack, exit code 1. */
export class StartRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartRefused'
  }
}
