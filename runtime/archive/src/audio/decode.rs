//! MP3 and WAV to samples, a packet at a time, by symphonia.

use std::fs::File;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;

use super::{Source, wave};

/// Sample rates that a call may be recorded at.
const RATES_HZ: std::ops::RangeInclusive<u32> = 4_000..=192_000;
/// Channels that a recording may have.
const CHANNELS_MAX: usize = 8;
/// So many damaged packets in a row end the reading.
const DAMAGED_IN_A_ROW_MAX: u32 = 64;

/// What a recording is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) rate_hz: u32,
    pub(super) channels: usize,
}

/// How the reading went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Packets that were decoded.
    pub(super) packets: u64,
    /// Packets that were left out because they were damaged.
    pub(super) damaged: u64,
    /// The file says another length than it has: its recorder did not finish it, or it was cut off.
    pub(super) unfinished: bool,
}

/// Takes samples: one slice a channel.
pub(super) trait Sink {
    /// Learns the layout, once, before the samples.
    fn begin(&mut self, layout: Layout) -> Result<(), String>;
    /// Takes the next samples; `false` when it wants no more.
    fn samples(&mut self, planes: &[Vec<f32>]) -> bool;
}

/// Decodes all of a recording into `sink`; holds one packet at a time.
pub(super) fn decode(source: Source, sink: &mut dyn Sink) -> Result<Outcome, String> {
    // The decoder is well kept, yet the bytes come from anywhere: a fault in it must cost one recording, not the run.
    catch_unwind(AssertUnwindSafe(|| decode_unguarded(source, sink)))
        .unwrap_or_else(|_| Err("the audio is damaged in a way that the decoder cannot bear".to_owned()))
}

fn decode_unguarded(source: Source, sink: &mut dyn Sink) -> Result<Outcome, String> {
    let (format, unfinished) = open(source)?;
    let track = format.default_track(TrackType::Audio).ok_or("there is no audio in it")?;
    let track_id = track.id;
    let parameters = track.codec_params.as_ref().and_then(|parameters| parameters.audio());
    let parameters = parameters.ok_or("it does not say how its audio is coded")?;
    let decoder =
        symphonia::default::get_codecs().make_audio_decoder(parameters, &AudioDecoderOptions::default());
    let decoder = decoder.map_err(|error| format!("its audio coding is not supported ({error})"))?;
    let outcome = Outcome { unfinished, ..Outcome::default() };
    Reading { format, decoder, track_id, layout: None, planes: Vec::new(), outcome }.run(sink)
}

/// The decoder's reader, and whether the file says another length than it has.
fn open(source: Source) -> Result<(Box<dyn FormatReader>, bool), String> {
    let mut hint = Hint::new();
    let media = match source {
        Source::File(path) => {
            if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
                hint.with_extension(&extension.to_ascii_lowercase());
            }
            let file = File::open(&path).map_err(|error| format!("it cannot be opened: {error}"))?;
            wave::prepared(file)
        }
        Source::Bytes(bytes) => wave::prepared(Cursor::new(bytes)),
    };
    let (media, unfinished) = media.map_err(|error| format!("it cannot be read: {error}"))?;
    let stream = MediaSourceStream::new(media, Default::default());
    symphonia::default::get_probe()
        .probe(&hint, stream, FormatOptions::default(), MetadataOptions::default())
        .map(|format| (format, unfinished))
        .map_err(|_| "it is neither MP3 nor WAV, or it is damaged from the start".to_owned())
}

struct Reading {
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track_id: u32,
    layout: Option<Layout>,
    planes: Vec<Vec<f32>>,
    outcome: Outcome,
}

impl Reading {
    fn run(mut self, sink: &mut dyn Sink) -> Result<Outcome, String> {
        let mut damaged_in_a_row = 0;
        while damaged_in_a_row < DAMAGED_IN_A_ROW_MAX {
            match self.packet() {
                Ok(true) => {
                    damaged_in_a_row = 0;
                    if !self.deliver(sink)? {
                        break;
                    }
                }
                Ok(false) => break,
                Err(()) => {
                    damaged_in_a_row += 1;
                    self.outcome.damaged += 1;
                }
            }
        }
        Ok(self.outcome)
    }

    /// Decodes the next packet into `planes`. `Ok(false)`: the end.
    fn packet(&mut self) -> Result<bool, ()> {
        let packet = match self.format.next_packet() {
            Ok(Some(packet)) => packet,
            // A recording that was cut off ends in the middle of something.
            Ok(None) | Err(Error::IoError(_) | Error::ResetRequired) => return Ok(false),
            Err(_) => return Err(()),
        };
        if packet.track_id != self.track_id {
            return Err(());
        }
        let decoded = self.decoder.decode(&packet).map_err(|_| ())?;
        let layout = Layout { rate_hz: decoded.spec().rate(), channels: decoded.num_planes() };
        if layout.channels == 0 || self.layout.is_some_and(|first| first != layout) {
            return Err(());
        }
        decoded.copy_to_vecs_planar(&mut self.planes);
        self.outcome.packets += 1;
        self.layout = self.layout.or(Some(layout));
        Ok(true)
    }

    fn deliver(&mut self, sink: &mut dyn Sink) -> Result<bool, String> {
        if self.outcome.packets == 1
            && let Some(layout) = self.layout
        {
            if !RATES_HZ.contains(&layout.rate_hz) || layout.channels > CHANNELS_MAX {
                return Err(format!(
                    "it has {} channels of {} samples a second; up to {CHANNELS_MAX} of {} to {} are read",
                    layout.channels,
                    layout.rate_hz,
                    RATES_HZ.start(),
                    RATES_HZ.end()
                ));
            }
            sink.begin(layout)?;
        }
        Ok(sink.samples(&self.planes))
    }
}
