"""The subcommands of `motionloop`: each module has `configure(parser)` and `async run(options)`."""
