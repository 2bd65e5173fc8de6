namespace KanSharp.Tests.Interchange.Checkpoints;

/// <summary>A checkpoint, the settings it needs, inputs and what the original computes in double precision on the stored values.</summary>
internal sealed record PythonCase(string Family, string Path, IReadOnlyDictionary<string, string> Settings, int Rows, double Tolerance, double[] X, double[] Y);
