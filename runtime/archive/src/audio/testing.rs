//! Audio files made for tests.

use std::f32::consts::TAU;

/// How samples are written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Coding {
    Pcm8,
    Pcm16,
    Pcm24,
    Pcm32,
    Float32,
    ALaw,
    MuLaw,
}

/// A WAV file of these channels, each a list of samples in -1..=1.
pub(crate) fn wav(rate_hz: u32, coding: Coding, channels: &[Vec<f32>]) -> Vec<u8> {
    let (tag, bytes): (u16, u16) = match coding {
        Coding::Pcm8 => (1, 1),
        Coding::Pcm16 => (1, 2),
        Coding::Pcm24 => (1, 3),
        Coding::Pcm32 => (1, 4),
        Coding::Float32 => (3, 4),
        Coding::ALaw => (6, 1),
        Coding::MuLaw => (7, 1),
    };
    let count = channels.len() as u16;
    let mut data = Vec::new();
    for index in 0..channels[0].len() {
        channels.iter().for_each(|channel| write(coding, channel[index], &mut data));
    }
    let mut file = b"RIFF".to_vec();
    file.extend((36 + data.len() as u32).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(tag.to_le_bytes());
    file.extend(count.to_le_bytes());
    file.extend(rate_hz.to_le_bytes());
    file.extend((rate_hz * u32::from(bytes * count)).to_le_bytes());
    file.extend((bytes * count).to_le_bytes());
    file.extend((bytes * 8).to_le_bytes());
    file.extend(b"data");
    file.extend((data.len() as u32).to_le_bytes());
    file.extend(data);
    file
}

fn write(coding: Coding, sample: f32, data: &mut Vec<u8>) {
    let whole = (sample.clamp(-1.0, 1.0) * 2_147_483_000.0) as i32;
    match coding {
        Coding::Pcm8 => data.push(((whole >> 24) + 128) as u8),
        Coding::Pcm16 => data.extend(((whole >> 16) as i16).to_le_bytes()),
        Coding::Pcm24 => data.extend(&whole.to_le_bytes()[1..]),
        Coding::Pcm32 => data.extend(whole.to_le_bytes()),
        Coding::Float32 => data.extend(sample.to_le_bytes()),
        Coding::ALaw => data.push(a_law((whole >> 16) as i16)),
        Coding::MuLaw => data.push(mu_law((whole >> 16) as i16)),
    }
}

/// ITU-T G.711 A-law.
fn a_law(sample: i16) -> u8 {
    let (sign, magnitude) = if sample >= 0 { (0x80, sample >> 3) } else { (0, (-1 - sample) >> 3) };
    let exponent = (0..7).find(|exponent| magnitude < 32 << exponent).unwrap_or(7);
    let mantissa = if exponent < 1 { magnitude >> 1 } else { magnitude >> exponent } & 15;
    ((sign | (exponent << 4) as u8) | mantissa as u8) ^ 0x55
}

/// ITU-T G.711 µ-law.
fn mu_law(sample: i16) -> u8 {
    let magnitude = i32::from(sample).abs().min(32_635) + 132;
    let exponent = (0..8).find(|exponent| magnitude < 256 << exponent).unwrap_or(7);
    let sign = if sample < 0 { 0x80 } else { 0 };
    !((sign | exponent << 4 | ((magnitude >> (exponent + 3)) & 15)) as u8)
}

/// A voice-like sound that swells four times a second, `height` high.
pub(crate) fn voice(rate_hz: u32, hertz: f32, seconds: f32, height: f32) -> Vec<f32> {
    let samples = (rate_hz as f32 * seconds) as usize;
    let at = |n: usize| n as f32 / rate_hz as f32;
    let partials =
        |t: f32| (1..=12).map(|k| (TAU * hertz * k as f32 * t).sin() / (2 * k) as f32).sum::<f32>();
    (0..samples).map(|n| height * partials(at(n)) * (0.6 - 0.4 * (TAU * 4.0 * at(n)).cos())).collect()
}

/// Silence.
pub(crate) fn silence(rate_hz: u32, seconds: f32) -> Vec<f32> {
    vec![0.0; (rate_hz as f32 * seconds) as usize]
}

/// A silent MP3: MPEG-2 layer III, 24 kHz mono, 24 ms a frame.
pub(crate) fn mp3(frames: usize) -> Vec<u8> {
    let mut frame = [0; 96];
    frame[..4].copy_from_slice(&[0xff, 0xf3, 0x44, 0xc4]);
    frame.repeat(frames)
}
