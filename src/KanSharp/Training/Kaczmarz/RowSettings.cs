namespace KanSharp.Training.Kaczmarz;

/// <summary>What the steps of a pass need to know.</summary>
/// <param name="Form">The kind of step.</param>
/// <param name="Relaxation">α.</param>
/// <param name="Damping">λ.</param>
internal readonly record struct RowSettings(KaczmarzForm Form, double Relaxation, double Damping);
