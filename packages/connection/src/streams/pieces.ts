/**
 * Pieces of a whole that are put together in the end, and many of them in between, too: a small piece
 * takes far more memory than what is in it.
 */
const MOST_SMALL = 1024;

export class Pieces<Piece> {
  private readonly join: (pieces: Piece[]) => Piece;
  private readonly joined: Piece[] = [];
  private small: Piece[] = [];

  constructor(join: (pieces: Piece[]) => Piece) {
    this.join = join;
  }

  add(piece: Piece): void {
    this.small.push(piece);
    if (this.small.length === MOST_SMALL) this.joinSmall();
  }

  /** All of them, together. */
  whole(): Piece {
    this.joinSmall();
    return this.join(this.joined);
  }

  private joinSmall(): void {
    this.joined.push(this.join(this.small));
    this.small = [];
  }
}
