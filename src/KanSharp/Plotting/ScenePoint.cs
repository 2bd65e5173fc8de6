namespace KanSharp.Plotting;

/// <summary>A place in a scene, in pixels.</summary>
/// <param name="X">to the right</param>
/// <param name="Y">downwards</param>
public readonly record struct ScenePoint(double X, double Y);
