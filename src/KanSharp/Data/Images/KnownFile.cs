namespace KanSharp.Data.Images;

/// <summary>A published file of a data set.</summary>
/// <param name="Name">Name of the file.</param>
/// <param name="Size">Bytes of the published file.</param>
/// <param name="Sha256">SHA-256 of the published file, in small hexadecimal digits.</param>
/// <param name="ContentSha256">SHA-256 of what is packed in it: another packing of the same content is accepted, and the content unpacked. Null if only the file as published is.</param>
/// <param name="Addresses">Where it can be downloaded, the preferred place first.</param>
public sealed record KnownFile(string Name, long Size, string Sha256, string? ContentSha256, IReadOnlyList<Uri> Addresses);
