namespace EdgeRnn.Converter.Boards;

/// <summary>A device that is soldered to an I2C bus of a board.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Bus">The bus's number.</param>
/// <param name="Address">Its address, 7 bits.</param>
public sealed record OnBoardDevice(string Name, int Bus, int Address);
