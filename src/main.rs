//! The program: hands the command line to [`copydesk::cli`] and its exit status to the shell.

fn main() -> std::process::ExitCode {
    copydesk::cli::main()
}
