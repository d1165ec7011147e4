;; Masking (RFC 6455 §5.3), sixteen bytes at a time.
;;
;; Memory: 64 KiB that sockets are read into, then 64 KiB for bytes of other memory to pass through.
(module
  (memory (export "memory") 2 2)

  ;; XORs [start, start + length) with the key where they lie; length is 16 or more.
  ;; key: as a little-endian word, so that its lowest byte masks the first byte.
  ;; The result is 0 if all bytes are ASCII then.
  (func (export "mask") (param $start i32) (param $length i32) (param $key i32) (result i32)
    (local $keys v128) (local $last v128) (local $seen v128)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local $end i32)
    (local.set $keys (i32x4.splat (local.get $key)))
    (local.set $end (i32.add (local.get $start) (local.get $length)))

    ;; The last sixteen bytes, taken before those in front of them are changed and stored when all is
    ;; done, so that the loops may leave up to fifteen behind. The key begins elsewhere there.
    (local.set $last
      (v128.xor
        (v128.load (i32.sub (local.get $end) (i32.const 16)))
        (i32x4.splat
          (i32.rotr (local.get $key) (i32.shl (local.get $length) (i32.const 3))))))
    (local.set $seen (local.get $last))

    (block $few
      (loop $four
        (br_if $few
          (i32.lt_u (i32.sub (local.get $end) (local.get $start)) (i32.const 64)))
        (local.set $a (v128.xor (v128.load (local.get $start)) (local.get $keys)))
        (local.set $b (v128.xor (v128.load offset=16 (local.get $start)) (local.get $keys)))
        (local.set $c (v128.xor (v128.load offset=32 (local.get $start)) (local.get $keys)))
        (local.set $d (v128.xor (v128.load offset=48 (local.get $start)) (local.get $keys)))
        (v128.store (local.get $start) (local.get $a))
        (v128.store offset=16 (local.get $start) (local.get $b))
        (v128.store offset=32 (local.get $start) (local.get $c))
        (v128.store offset=48 (local.get $start) (local.get $d))
        (local.set $seen
          (v128.or
            (local.get $seen)
            (v128.or
              (v128.or (local.get $a) (local.get $b))
              (v128.or (local.get $c) (local.get $d)))))
        (local.set $start (i32.add (local.get $start) (i32.const 64)))
        (br $four)))

    (block $none
      (loop $one
        (br_if $none
          (i32.lt_u (i32.sub (local.get $end) (local.get $start)) (i32.const 16)))
        (local.set $a (v128.xor (v128.load (local.get $start)) (local.get $keys)))
        (v128.store (local.get $start) (local.get $a))
        (local.set $seen (v128.or (local.get $seen) (local.get $a)))
        (local.set $start (i32.add (local.get $start) (i32.const 16)))
        (br $one)))

    (v128.store (i32.sub (local.get $end) (i32.const 16)) (local.get $last))
    (i8x16.bitmask (local.get $seen))))
