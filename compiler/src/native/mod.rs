//! Flow IR to machine code, through Cranelift.
//!
//! One function an entry; tables are read-only data that a fixed piece of code walks, so that the cost of compiling
//! grows with the author's expressions and not with the rows of tables.
//!
//! Architecture invariant: nothing outside this folder names the code generator.

mod class;
mod data;
mod emitter;
mod function;
mod memory;
mod operation;
mod truths;
mod walk;

use std::sync::Arc;

use cranelift::codegen::settings::{self, Configurable};
use cranelift::jit::{JITBuilder, JITModule};
use cranelift::module::{Linkage, Module, ModuleError, default_libcall_names};
use cranelift::prelude::{AbiParam, FunctionBuilderContext, Signature, types};
use tandem_stdlib::contract::{MachineCode, contract_hash};

use crate::flow::Flow;
use crate::lower::CompileError;
use data::TableData;
use memory::ExecutableMemory;

/// Whether trace bits are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trace {
    /// Always, in everything that decides about calls.
    #[default]
    On,
    /// Never: the bits stay 0. For measuring what they cost.
    Off,
}

/// How native code is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NativeOptions {
    /// Whether trace bits are written.
    pub trace: Trace,
}

/// Emits native code of all functions.
pub(crate) fn emit(flow: &Flow, options: NativeOptions) -> Result<MachineCode, CompileError> {
    let mut module = module()?;
    let mut tables = Vec::with_capacity(flow.tables.len());
    for table in &flow.tables {
        tables.push(TableData::define(&mut module, table)?);
    }
    let mut context = module.make_context();
    let mut functions_context = FunctionBuilderContext::new();
    let mut functions = Vec::with_capacity(flow.functions.len());
    let mut code_bytes = 0;
    for (index, function) in flow.functions.iter().enumerate() {
        context.func.signature = entry_signature(&module);
        function::build(&mut module, &mut context.func, &mut functions_context, &tables, function, options);
        let name = format!("entry_{index}");
        let declared = module.declare_function(&name, Linkage::Export, &context.func.signature);
        let id = declared.map_err(refused)?;
        module.define_function(id, &mut context).map_err(refused)?;
        code_bytes += context.compiled_code().map_or(0, |code| code.code_buffer().len());
        module.clear_context(&mut context);
        functions.push(id);
    }
    module.finalize_definitions().map_err(refused)?;
    let entries = functions.iter().map(|id| module.get_finalized_function(*id).expose_provenance()).collect();
    let keep_alive = Arc::new(ExecutableMemory::new(module));
    let data_bytes = tables.iter().map(|table| table.bytes).sum();
    Ok(MachineCode { entries, contract_hash: contract_hash(), code_bytes, data_bytes, keep_alive })
}

/// An empty module for this machine. Memory is writable until it is finalized, and executable only then.
fn module() -> Result<JITModule, CompileError> {
    let native = |what: &dyn std::fmt::Display| CompileError::Native { what: what.to_string() };
    let mut flags = settings::builder();
    // The verifier looks for mistakes of this crate's, which tests look for with it.
    let verifier = if cfg!(debug_assertions) { "true" } else { "false" };
    let wanted = [
        ("opt_level", "speed"),
        ("is_pic", "false"),
        ("use_colocated_libcalls", "false"),
        ("enable_verifier", verifier),
    ];
    for (name, value) in wanted {
        flags.set(name, value).map_err(|error| native(&error))?;
    }
    let target = cranelift::native::builder().map_err(|error| native(&error))?;
    let isa = target.finish(settings::Flags::new(flags)).map_err(|error| native(&error))?;
    Ok(JITModule::new(JITBuilder::with_isa(isa, default_libcall_names())))
}

/// `fn(facts, state, answer, host) -> u32`, as [`MachineCode`] states it.
fn entry_signature(module: &JITModule) -> Signature {
    let mut signature = module.make_signature();
    signature.params = vec![AbiParam::new(types::I64); 4];
    signature.returns = vec![AbiParam::new(types::I32)];
    signature
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that map_err wants")]
fn refused(error: ModuleError) -> CompileError {
    CompileError::Native { what: error.to_string() }
}
