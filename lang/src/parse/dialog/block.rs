//! The statements of a dialog's block: acts, then a question, then its handlers.

use super::act::act;
use super::question::{handler, question};
use crate::diagnostics::{Code, Diagnostic};
use crate::layout::{self, Statement};
use crate::parse::grammar::Reader;
use crate::source::Span;
use crate::tree::{Block, Handler};

/// Words that begin a statement of a block.
const WORDS: [&str; 15] = [
    "say", "ask", "on", "answer", "offer", "transfer", "retain", "note", "send", "ticket", "when", "back",
    "resolved", "end", "let",
];

/// A block behind a statement.
pub(super) fn inner(reader: &mut Reader<'_>, block: &layout::Block) -> Block {
    let statements: Vec<&Statement> = block.statements.iter().collect();
    self::block(reader, &statements, block.span)
}

/// The block behind a statement that must have one.
pub(super) fn needed(reader: &mut Reader<'_>, statement: &Statement, what: &str) -> Option<Block> {
    if let Some(block) = &statement.block {
        return Some(inner(reader, block));
    }
    let message = format!("nothing says what follows {what}");
    let help = "add a block behind it: `{ … }`";
    reader.fail(Diagnostic::new(Code::UnexpectedText, statement.span, message).help(help), statement.span);
    None
}

/// Statements as a block.
pub(super) fn block(reader: &mut Reader<'_>, statements: &[&Statement], span: Span) -> Block {
    let mut block = Block { span, ..Block::default() };
    let mut handlers: Vec<Handler> = Vec::new();
    let mut asked = false;
    for statement in statements {
        if statement.broken {
            reader.unread.push(statement.whole());
            continue;
        }
        match reader.word(statement) {
            "ask" if asked => misplaced(reader, statement, "a block asks one question", ONE_QUESTION),
            "ask" => {
                asked = true;
                block.question = question(reader, statement).map(Box::new);
            }
            "on" => handlers.extend(handler(reader, statement)),
            word if WORDS.contains(&word) && asked => {
                misplaced(reader, statement, "nothing is done after the question", BEFORE);
            }
            "let" => misplaced(reader, statement, "`let` stands at the top of a dialog", TOP),
            word if WORDS.contains(&word) => block.acts.extend(act(reader, statement)),
            "goto" | "jump" | "go" => misplaced(reader, statement, "a dialog has no jumps", NO_JUMPS),
            _ => reader.unknown_statement(statement, "dialog", &WORDS),
        }
    }
    match &mut block.question {
        Some(question) => question.handlers = handlers,
        None if !asked => handlers.iter().for_each(|handler| {
            let message = "this handler has no question";
            let help = "put `ask \"…\" hearing …` before it, in the same block";
            reader.fail(
                Diagnostic::new(Code::UnknownStatement, handler.span, message).help(help),
                handler.span,
            );
        }),
        None => {}
    }
    block
}

const ONE_QUESTION: &str = "ask the second one in the handler that leads to it";
const BEFORE: &str = "move it before `ask`, or into the handler after which it should come";
const NO_JUMPS: &str =
    "ask the next question inside the handler that leads to it; `back` asks the one around it again";
const TOP: &str = "move it there";

fn misplaced(reader: &mut Reader<'_>, statement: &Statement, message: &str, help: &str) {
    let diagnostic = Diagnostic::new(Code::UnknownStatement, statement.span, message).help(help);
    reader.fail(diagnostic, statement.whole());
}
