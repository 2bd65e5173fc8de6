namespace KanSharp.Numerics;

/// <summary>Everything that determines what a <see cref="SplitRandom"/> gives next; put it into a checkpoint and restore from it.</summary>
/// <param name="Key0">First half of the key, which identifies the stream.</param>
/// <param name="Key1">Second half of the key.</param>
/// <param name="Position">64-bit numbers drawn so far.</param>
/// <param name="Splits">Unnamed children split off so far.</param>
public readonly record struct SplitRandomState(ulong Key0, ulong Key1, ulong Position, ulong Splits);
