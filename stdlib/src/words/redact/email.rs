//! E-mail addresses.

use super::{Found, Redaction};

/// RFC 5321, 4.5.3.1: the most bytes before and after the `@`.
const LOCAL_BYTES_MAX: usize = 64;
const DOMAIN_BYTES_MAX: usize = 255;

/// Finds addresses whose domain has a dot and ends in letters.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    for (at, sign) in text.char_indices().filter(|(_, letter)| matches!(letter, '@' | '＠')) {
        let after = at + sign.len_utf8();
        let (Some(before), Some(behind)) = (text.get(..at), text.get(after..)) else { continue };
        let local = before.bytes().rev().take(LOCAL_BYTES_MAX).take_while(|byte| is_local(*byte)).count();
        let domain = behind.bytes().take(DOMAIN_BYTES_MAX).take_while(|byte| is_domain(*byte)).count();
        let domain = behind.get(..domain).unwrap_or_default().trim_end_matches(['.', '-']);
        let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
        let sound =
            top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic()) && !domain.starts_with('.');
        if local > 0 && sound {
            found.push(Found { kind: Redaction::Email, bytes: at - local..after + domain.len() });
        }
    }
}

const fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-')
}

const fn is_domain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')
}
