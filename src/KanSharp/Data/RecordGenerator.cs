namespace KanSharp.Data;

/// <summary>Computes a record.</summary>
/// <param name="record">Number of the record, from 0.</param>
/// <param name="inputs">Receives its inputs.</param>
/// <param name="targets">Receives its targets.</param>
public delegate void RecordGenerator<T>(long record, Span<T> inputs, Span<T> targets);
