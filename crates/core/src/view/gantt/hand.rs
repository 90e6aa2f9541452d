//! What fingers and a pointer do on the chart.

/// A movement with a meaning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gesture {
    /// `around` is a fraction of the width; a factor above 1 shows less time.
    Zoom { factor: f64, around: f64 },
    /// By a fraction of the width, to later times.
    Pan(f64),
}

impl Gesture {
    /// A wheel that is turned, or two fingers on a trackpad, by so many pixels; up shows less time.
    pub fn of_wheel(pixels: f64, around: f64) -> Self {
        Gesture::Zoom { factor: (pixels / -100.0).exp().clamp(0.6, 1.6), around }
    }
}

/// The fingers, or the pressed pointer, on a chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hand {
    /// The browser's number of a pointer, and where it is as a fraction of the width.
    fingers: Vec<(i32, f64)>,
    /// Whether anything was moved since the first of them touched it.
    acted: bool,
}

/// Two fingers closer than this fraction tell no factor.
const TOGETHER: f64 = 0.02;

impl Hand {
    /// A pointer touches the chart. Only the first two count.
    pub fn down(&mut self, pointer: i32, x: f64) {
        self.up(pointer);
        if self.fingers.len() < 2 {
            self.fingers.push((pointer, x));
        }
    }

    /// A pointer leaves the chart; whether it has taken part in a movement.
    pub fn up(&mut self, pointer: i32) -> bool {
        let touched = self.fingers.iter().any(|(other, _)| *other == pointer);
        self.fingers.retain(|(other, _)| *other != pointer);
        let acted = touched && self.acted;
        self.acted &= !self.fingers.is_empty();
        acted
    }

    /// A pointer that touches the chart has moved to `x`: one moves the chart along, two pull it apart or push
    /// it together.
    pub fn moved(&mut self, pointer: i32, x: f64) -> Option<Gesture> {
        let other = self.fingers.iter().find(|(other, _)| *other != pointer).map(|(_, x)| *x);
        let finger = self.fingers.iter_mut().find(|(other, _)| *other == pointer)?;
        let before = std::mem::replace(&mut finger.1, x);
        let gesture = match other {
            None => (before != x).then_some(Gesture::Pan(before - x)),
            Some(other) => {
                let (was, is) = ((before - other).abs(), (x - other).abs());
                let pulls = was >= TOGETHER && is >= TOGETHER && was != is;
                pulls.then_some(Gesture::Zoom { factor: is / was, around: (x + other) / 2.0 })
            }
        };
        self.acted |= gesture.is_some();
        gesture
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_finger_moves_and_two_zoom_around_their_middle() {
        let mut hand = Hand::default();
        assert_eq!(hand.moved(1, 0.5), None);
        hand.down(1, 0.5);
        assert_eq!(hand.moved(1, 0.25), Some(Gesture::Pan(0.25)));
        hand.down(2, 0.75);
        assert_eq!(hand.moved(2, 1.25), Some(Gesture::Zoom { factor: 2.0, around: 0.75 }));
        assert!(hand.up(1));
        assert_eq!(hand.moved(2, 1.0), Some(Gesture::Pan(0.25)));
        assert!(hand.up(2));
        hand.down(1, 0.5);
        assert!(!hand.up(1), "a touch that moves nothing");
    }

    #[test]
    fn a_third_finger_and_fingers_on_one_spot_tell_nothing() {
        let mut hand = Hand::default();
        hand.down(1, 0.5);
        hand.down(2, 0.51);
        hand.down(3, 0.9);
        assert_eq!(hand.moved(3, 0.1), None);
        assert_eq!(hand.moved(2, 0.505), None);
    }
}
