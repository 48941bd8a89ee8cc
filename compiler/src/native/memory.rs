//! The memory that native code lives in.

use std::sync::Mutex;

use cranelift::jit::JITModule;

/// Owns the memory of native code and frees it when the last owner is gone.
pub(super) struct ExecutableMemory {
    // The module is not Sync; nobody but `drop` ever uses it.
    module: Mutex<Option<JITModule>>,
}

impl ExecutableMemory {
    pub(super) const fn new(module: JITModule) -> Self {
        Self { module: Mutex::new(Some(module)) }
    }
}

impl Drop for ExecutableMemory {
    #[expect(unsafe_code, reason = "the code generator cannot know when its code is no longer called")]
    fn drop(&mut self) {
        let module = self.module.get_mut().map_or(None, Option::take);
        if let Some(module) = module {
            // SAFETY: this value is the `keep_alive` of the only `MachineCode` that holds addresses into the
            // module, and whoever calls those addresses keeps it; dropping it means that nobody runs the code or
            // will call it again.
            unsafe { module.free_memory() };
        }
    }
}
