fn main() {
    rollwatch::start();
}
