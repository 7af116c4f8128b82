pub mod get_room;
