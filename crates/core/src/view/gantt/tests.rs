mod picture;
mod scale;
mod support;
mod table;
